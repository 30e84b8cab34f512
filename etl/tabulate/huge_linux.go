package tabulate

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// hugePage is the size of the pages that large memory is asked for in.
const hugePage = 2 << 20

// large is a new slice that will be filled as a whole. The system is asked
// for huge pages there, rounded outwards: the first touch of every small page
// costs microseconds, and every look-up far from the last one a walk through
// their tables.
func large[T any](n int) []T {
	s := make([]T, n)
	var one T
	if size := uintptr(n) * unsafe.Sizeof(one); size >= hugePage/2 {
		start := uintptr(unsafe.Pointer(unsafe.SliceData(s)))
		from, end := start&^(hugePage-1), (start+size+hugePage-1)&^(hugePage-1)
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, from, end-from, unix.MADV_HUGEPAGE) // a wish; small pages do as well
	}
	return s
}
