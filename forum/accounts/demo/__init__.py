"""The demo: members with public passwords, what they write, and made-up readers with made-up answers. In demo mode alone."""
