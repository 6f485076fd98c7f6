handbookIndex("wp","press public");
