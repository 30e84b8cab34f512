package panel

import (
	"fmt"
	"strings"
)

// DidYouMean is `; did you mean "x"?` for the candidate nearest to word, or
// nothing when none is near.
func DidYouMean(word string, candidates []string) string {
	if best := Nearest(word, candidates); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}

// Nearest returns the candidate with the fewest edits to word, the first one
// of equals; "" when more than half of the word would have to change.
func Nearest(word string, candidates []string) string {
	best, fewest := "", len([]rune(word))/2+1
	for _, c := range candidates {
		if d := Edits(strings.ToLower(word), strings.ToLower(c)); d < fewest {
			best, fewest = c, d
		}
	}
	return best
}

// Edits is the Levenshtein distance in characters.
func Edits(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := 1
			if r == s {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
