package source

// FileError is fileError, for tests.
var FileError = fileError
