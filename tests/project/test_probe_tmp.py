import pytest
from tests.project.test_roles import *
from tests.project.test_roles import people, addresses

del (
    test_every_address_has_a_row,
    test_a_role_sees_what_the_table_says,
    test_who_may_not_see_a_page_may_not_send_to_it_either,
)
pytestmark = pytest.mark.django_db


def test_probe(people, addresses, login):
    import time, collections

    out = {r: "" for r in addresses}
    T = collections.Counter()
    for name, user in people.items():
        c = login(user) if user else Client()
        c.raise_request_exception = False
        for row, url in addresses.items():
            if "@" in row and row.split("@")[-1] == "day" and "step" in row:
                continue
            t = time.time()
            s = look(c, url)
            T[row] += time.time() - t
            out[row] += s if len(s) == 1 else "(" + s + ")"
    with open("/tmp/var-attack/roles.out", "w") as f:
        for r in sorted(out):
            f.write(f"{r:60} {out[r]}\n")
        f.write(str(T.most_common(12)))
