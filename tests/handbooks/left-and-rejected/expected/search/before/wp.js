handbookIndex("wp","policy press");
