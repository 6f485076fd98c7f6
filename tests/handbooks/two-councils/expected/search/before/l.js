handbookIndex("l",["!","!"]);
