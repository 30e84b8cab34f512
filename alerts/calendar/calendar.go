// Package calendar knows Chinese holidays with their days off, the presale
// lead of rail tickets, and the tax filing window, from dated tables.
package calendar

// A Calendar answers for the months its tables cover.
type Calendar struct{}
