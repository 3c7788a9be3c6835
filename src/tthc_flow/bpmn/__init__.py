"""BPMN files: read, write in place, build new. The only room that uses lxml."""
