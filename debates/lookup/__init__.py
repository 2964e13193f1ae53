"""Looking things up over the network, guarded: works by DOI, pages by address, links that may have died, retractions.

Nothing here knows Django or the settings; who calls gives the site's name, the limits and the day. The only module that opens
a connection is `guard`; the others judge what it brought.
"""
