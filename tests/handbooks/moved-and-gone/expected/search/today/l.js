handbookIndex("l",["5","E"]);
