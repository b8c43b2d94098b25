"""tmp"""
from uuid import UUID
SEED=1
FIRST_KEY=UUID(int=1)
def tell(world, rows): pass
