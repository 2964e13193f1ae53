"""Where things stand on a drawing: the pieces of a map, the lines of a text in a frame. Pure: no Django, no database."""
