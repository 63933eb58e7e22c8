"""What an edit of the catalogue implies: the difference of what it renders before and after."""
