handbookIndex("wo","officer officers openness");
