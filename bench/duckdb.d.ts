/** As much of DuckDB's client as the benchmark uses: it is installed only in this folder. */
declare module '@duckdb/node-api' {
  interface Reader {
    getRows(): readonly (readonly unknown[])[];
  }
  interface Connection {
    runAndReadAll(sql: string): Promise<Reader>;
  }
  interface Instance {
    connect(): Promise<Connection>;
  }
  export const DuckDBInstance: { create(path: string): Promise<Instance> };
}
