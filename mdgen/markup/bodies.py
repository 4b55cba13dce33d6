"""What stands in a page's body around the text of cells: links, and Liquid shown as typed."""

from __future__ import annotations

import re
from urllib.parse import quote

from mdgen.problems import Refusal

# Jekyll takes a body's first paragraph for a missing excerpt: a comment of its own shows nothing.
NO_EXCERPT = "<!-- no excerpt -->"

_LIQUID = re.compile(r"\{\{|\{%")
_LABEL = re.compile(r"[\\`*_{}\[\]<>|$&\"'~^]|-(?=-)|(?<=-)-")
_SCHEME = re.compile(r"(?:https?|ftp|mailto|tel):|/|#|\.{1,2}/", re.IGNORECASE)
_LOCAL = re.compile(r"[^:]*(?:[/?#]|$)")
_IN_URL = re.compile(r"[\x00-\x20\"<>()\\`{}|\[\]*$^\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_URL_ENTITY = re.compile(r"&(?=#?\w+;)")


def liquid_proof(body: str) -> str:
    r"""Return `body` with `{{` and `{%` written so that Liquid prints them as typed.

    Right in code blocks, around `{% raw %}`, and where Jekyll cuts off an excerpt, since each is
    an output of its own: `{{ "{{" }}`.
    """
    if "{" not in body:
        return body
    return _LIQUID.sub(r'{{ "\g<0>" }}', body)


def link(label: str, url: str) -> str:
    """Return a Markdown link; neither label nor URL can break out of it.

    `label` is text, `url` an address (http, https, ftp, mailto, tel) or a path on the site.
    Raises `Refusal` for any other address.
    """
    if not (_SCHEME.match(url) or _LOCAL.match(url)):
        raise Refusal(f"'{url}' is no address that a page may link to; write https://…")
    target = _IN_URL.sub(lambda char: quote(char[0], safe="", errors="replace"), url)
    text = _LABEL.sub(lambda char: f"&#{ord(char[0])};", label)
    return f"[{text}]({_URL_ENTITY.sub('&amp;', target)})"
