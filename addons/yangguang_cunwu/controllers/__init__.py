from . import (
    account,
    portal,
    public_api,
    public_api_question,
    public_card,
    public_publication,
    public_question,
    public_robots,
    public_web,
    staff,
)
