handbookIndex("l",["61F$",";B* "]);
