"""Answer programs: feeds, the map of the site, what robots may read."""
