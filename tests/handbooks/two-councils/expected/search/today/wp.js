handbookIndex("wp","paragraph person press public");
