handbook.part([["Localism Act 2011","","","../legislation/#legislation-localism-act-2011",[],[],4,""]])
