package extract

import "panelwatch/etl/panel"

// longestWord bounds the words that are compared with what they may mean: the
// comparison takes time by the product of the lengths.
const longestWord = 200

// didYouMean is panel.DidYouMean for words that come with the data.
func didYouMean(word string, candidates []string) string {
	return panel.DidYouMean(beginningOf(word), candidates)
}

func nearest(word string, candidates []string) string {
	return panel.Nearest(beginningOf(word), candidates)
}

func beginningOf(word string) string {
	if text := []rune(word); len(text) > longestWord {
		return string(text[:longestWord])
	}
	return word
}
