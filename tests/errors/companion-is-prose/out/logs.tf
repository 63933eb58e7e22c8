These are the logs; don't touch.
{}
{ }
