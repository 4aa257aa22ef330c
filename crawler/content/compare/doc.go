// Package compare measures crawler/content against other main-text extractors
// on the same pages in one run. It is a module of its own, so that the product
// does not depend on them.
package compare
