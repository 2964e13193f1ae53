"""Change debates: one verb, one file, one transaction. No verb sees a request, so page, admin and command share them."""
