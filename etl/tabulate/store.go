package tabulate

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"sync"
)

// slab is how many words are allocated at once.
const slab = 1 << 19

// A store keeps the entries of all buckets: in memory up to a limit, beyond it
// in a temporary file that has no name and so is gone with the process.
type store struct {
	buckets int
	limit   int64 // bytes of pieces in memory
	dir     string

	mu     sync.Mutex
	words  int // of a piece
	slab   int // words allocated at once
	pieces [][][]uint64
	free   [][]uint64
	held   int64 // bytes allocated
	spill  *os.File
	size   int64
	runs   [][]extent // by bucket
}

// An extent is entries of a bucket in the file.
type extent struct {
	at    int64
	words int
}

// pieceWords divides a budget among the pieces that are being written.
func pieceWords(buckets, workers int) int {
	const budget = 8 << 20
	words := 64
	for words < slab/16 && 2*words*8*buckets*workers <= budget {
		words *= 2
	}
	return words
}

func newStore(buckets, workers int, limit int64, dir string) *store {
	s := &store{
		buckets: buckets, limit: limit, dir: dir, words: pieceWords(buckets, workers), slab: slab,
		pieces: make([][][]uint64, buckets), runs: make([][]extent, buckets),
	}
	if limit > 0 && limit < 64*8*slab {
		s.slab = s.words
	}
	return s
}

// empty is a piece to write to.
func (s *store) empty() []uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.free) == 0 {
		words := large[uint64](s.slab)
		s.held += int64(len(words)) * 8
		for from := 0; from < len(words); from += s.words {
			s.free = append(s.free, words[from:from:from+s.words])
		}
	}
	piece := s.free[len(s.free)-1]
	s.free = s.free[:len(s.free)-1]
	return piece
}

// put takes over a piece of a bucket. When memory is short all pieces go to
// the file.
func (s *store) put(bucket int, piece []uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pieces[bucket] = append(s.pieces[bucket], piece)
	if s.limit > 0 && s.held >= s.limit && len(s.free) == 0 {
		return s.unload()
	}
	return nil
}

// unload appends all pieces to the file, bucket by bucket.
func (s *store) unload() error {
	if s.spill == nil {
		if err := s.create(); err != nil {
			return err
		}
	}
	out := bufio.NewWriterSize(io.NewOffsetWriter(s.spill, s.size), 1<<20)
	for bucket, pieces := range s.pieces {
		words := 0
		for _, piece := range pieces {
			if err := writeWords(out, piece); err != nil {
				return s.full(err)
			}
			words += len(piece)
			s.free = append(s.free, piece[:0])
		}
		if words > 0 {
			s.runs[bucket] = append(s.runs[bucket], extent{s.size, words})
			s.size += int64(words) * 8
		}
		s.pieces[bucket] = pieces[:0]
	}
	if err := out.Flush(); err != nil {
		return s.full(err)
	}
	return nil
}

func (s *store) create() (err error) {
	if s.spill, err = os.CreateTemp(s.dir, "panelwatch-*.spill"); err != nil {
		return fmt.Errorf("make room on disk: %w", err)
	}
	return os.Remove(s.spill.Name()) // open until Close
}

func (s *store) full(err error) error {
	dir := s.dir
	if dir == "" {
		dir = os.TempDir()
	}
	return fmt.Errorf("spill rows to %s after %d MiB: %w; free space there, name another folder, or give more memory", dir, s.size>>20, err)
}

func writeWords(out *bufio.Writer, words []uint64) error {
	var bytes [8]byte
	for _, w := range words {
		binary.LittleEndian.PutUint64(bytes[:], w)
		if _, err := out.Write(bytes[:]); err != nil {
			return err
		}
	}
	return nil
}

// A reading is the memory for the entries of a bucket.
type reading struct {
	runs  [][]uint64
	words []uint64
	bytes []byte
}

// entries are those of a bucket in any order, valid until the next call.
func (s *store) entries(bucket int, r *reading) ([][]uint64, error) {
	r.runs = append(r.runs[:0], s.pieces[bucket]...)
	total := 0
	for _, e := range s.runs[bucket] {
		total += e.words
	}
	if cap(r.words) < total {
		r.words = make([]uint64, total)
	}
	at := 0
	for _, e := range s.runs[bucket] {
		run := r.words[at : at+e.words]
		if err := s.load(e, run, r); err != nil {
			return nil, err
		}
		r.runs = append(r.runs, run)
		at += e.words
	}
	return r.runs, nil
}

func (s *store) load(e extent, run []uint64, r *reading) error {
	if cap(r.bytes) < 8*e.words {
		r.bytes = make([]byte, 8*e.words)
	}
	bytes := r.bytes[:8*e.words]
	if _, err := s.spill.ReadAt(bytes, e.at); err != nil {
		return fmt.Errorf("read spilled rows back: %w", err)
	}
	for i := range run {
		run[i] = binary.LittleEndian.Uint64(bytes[8*i:])
	}
	return nil
}

// drop gives the memory of a bucket back.
func (s *store) drop(bucket int) { s.pieces[bucket] = nil }

// Close gives the file back to the system.
func (s *store) Close() {
	if s.spill != nil {
		s.spill.Close()
	}
}
