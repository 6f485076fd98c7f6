handbookIndex("wg","gifts");
