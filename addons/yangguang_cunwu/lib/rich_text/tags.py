"""What the names of HTML elements mean to the reader; any other is passed through."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "dir", "menu"})
ROWS = frozenset({"tr", "thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
# what ends the paragraph before it, and is none of the above
BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "legend",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "summary",
    }
)
# their content is no text of the page
UNSEEN = frozenset(
    {
        "applet",
        "audio",
        "button",
        "canvas",
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
        "xml",
    }
)
