"""From a catalogue to text: the templates, and the sandbox and the bounds that they run in."""
