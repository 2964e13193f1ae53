"""How long hypothesis may look: no limit on one example, since other processes take the machine's time."""

from hypothesis import settings

settings.register_profile("house", deadline=None, max_examples=60)
settings.load_profile("house")
