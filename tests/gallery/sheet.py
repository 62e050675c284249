"""The contact sheet: every picture beside its fellows, named, in one page that needs nothing else."""

from html import escape
from itertools import groupby

STYLE = """
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif }
body { margin: 1rem 1.5rem }
h2 { margin: 2rem 0 .3rem; position: sticky; top: 0; background: Canvas; padding: .3rem 0 }
h2 small { font-weight: normal }
nav { columns: 14rem }
nav a { display: block }
.row { display: flex; gap: 1rem; overflow-x: auto; align-items: flex-start; padding-bottom: 1rem }
figure { margin: 0; flex: none }
img { display: block; width: 20rem; max-height: 40rem; object-fit: cover; object-position: top; border: 1px solid GrayText }
img.small { width: 10rem }
.fault { color: red }
"""


def page(pictures, occasion):
    """Return the sheet as HTML; `occasion` says what it is a sheet of."""
    shots = [(name, list(group)) for name, group in groupby(pictures, key=lambda p: p.order.name)]
    links = "".join(f'<a href="#{escape(n)}">{escape(n)}</a>' for n, _ in shots)
    rows = "".join(_row(name, group) for name, group in shots)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>{STYLE}</style>'
        f"<h1>Gallery</h1><p>{escape(occasion)}</p><nav>{links}</nav>{rows}</html>\n"
    )


def _row(name, group):
    path = group[0].order.url.partition("//")[2].partition("/")[2]
    figures = "".join(_figure(picture) for picture in group)
    return f'<h2 id="{escape(name)}">{escape(name)} <small><code>/{escape(path)}</code></small></h2><div class="row">{figures}</div>'


def _figure(picture):
    order = picture.order
    if picture.fault:
        return f'<figure class="fault"><figcaption>{escape(order.mode)}: {escape(picture.fault)}</figcaption></figure>'
    small = ' class="small"' if order.mode in {"phone", "narrow", "german-phone"} else ""
    file = escape(order.path.name)
    said = f"{order.mode}, {picture.height} px high" + (", cut" if picture.is_cut else "")
    image = (
        f'<img{small} loading="lazy" src="{file}" alt="{escape(order.name)}, {escape(order.mode)}">'
    )
    return f'<figure><figcaption>{escape(said)}</figcaption><a href="{file}">{image}</a></figure>'
