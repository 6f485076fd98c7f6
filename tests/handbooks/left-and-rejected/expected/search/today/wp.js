handbookIndex("wp","policy press public");
