"""Pages of members: their page, their account, and the voices that some of them are."""
