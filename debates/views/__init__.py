"""Answer requests: one page and its fragments a file; fetch, check, act, answer."""
