handbookIndex("l",["&","*"]);
