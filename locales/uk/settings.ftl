# /settings and its menus.
