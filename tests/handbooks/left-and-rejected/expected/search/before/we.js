handbookIndex("we","each");
