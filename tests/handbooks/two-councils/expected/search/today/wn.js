handbookIndex("wn","named near");
