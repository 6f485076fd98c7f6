handbookIndex("wd","days decisions directory doubt");
