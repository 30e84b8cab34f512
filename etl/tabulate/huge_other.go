//go:build !linux

package tabulate

// large is a new slice that will be filled as a whole.
func large[T any](n int) []T { return make([]T, n) }
