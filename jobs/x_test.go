package jobs_test
import ("testing";"time";"os";"path/filepath";"fmt")
func TestX(t *testing.T) {
 s := loaded(t)
 var db string; s.db.QueryRow("select database()").Scan(&db)
 g,_ := filepath.Glob("/tmp/pw*/sock"); fmt.Println(db, g)
 os.WriteFile("/tmp/x.dsn", []byte(fmt.Sprint(db," ",g[len(g)-1])), 0o644)
 time.Sleep(40*time.Minute)
}
