// The program starts here.
return 0;
