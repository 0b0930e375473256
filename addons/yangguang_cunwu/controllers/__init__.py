from . import (
    account,
    portal,
    portal_wall,
    public_api,
    public_api_question,
    public_card,
    public_publication,
    public_question,
    public_robots,
    public_web,
    staff,
)
