handbookIndex("wi","interview");
