handbookIndex("wi","information");
