"""How hypothesis looks: the same examples in every run, so that a red one can be repeated; EXPLORE=1 looks for new ones."""

import os

from hypothesis import settings

# No limit on one example, since other processes take the machine's time.
settings.register_profile("house", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("explore" if os.environ.get("EXPLORE") else "house")
