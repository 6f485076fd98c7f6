handbookIndex("wn","noted notes");
