handbookIndex("wp","person press");
