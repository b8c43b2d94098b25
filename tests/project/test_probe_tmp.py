import pytest
from tests.project.test_roles import *
pytestmark = pytest.mark.django_db
def test_probe(people, addresses, login):
    out = {r: "" for r in addresses}
    for name, user in people.items():
        for row, url in addresses.items():
            c = login(user) if user else Client()
            c.raise_request_exception = False
            out[row] += {"5":"!"}.get(sign(c.get(url))[:1], sign(c.get(url)) if len(sign(c.get(url)))==1 else "("+sign(c.get(url))+")")
    for r in sorted(out): print(f"{r:60} {out[r]}")
    have={r.split("@")[0] for r in out}
    print("MISSING", set(named(get_resolver().url_patterns))-have)
